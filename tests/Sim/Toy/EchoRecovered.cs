using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>A server has read its log to the end and dropped what followed the last whole record.</summary>
internal readonly record struct EchoRecovered(long ValidBytes, long DroppedBytes) : ITraceEvent
{
    public string Name => "echo-recovered";

    public void Describe(ITraceFields fields)
    {
        fields.Add("valid", ValidBytes);
        fields.Add("dropped", DroppedBytes);
    }
}
