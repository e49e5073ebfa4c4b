namespace Testbed.Foundation;

/// <summary>Takes the fields of a trace event: to hash, print or count them.</summary>
public interface ITraceFields
{
    void Add(string name, long value);

    void Add(string name, string value);
}
