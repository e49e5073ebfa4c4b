using Testbed.Client;

namespace Testbed.Runner;

/// <summary>Writes records to standard output.</summary>
public interface IRecordPrinter
{
    void Print(string topic, int partition, in ConsumedRecord record);
}
