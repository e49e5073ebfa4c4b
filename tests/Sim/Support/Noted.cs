using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>A fact for tests.</summary>
internal readonly record struct Noted(string Text, long Value = 0) : ITraceEvent
{
    public string Name => "noted";

    public void Describe(ITraceFields fields)
    {
        fields.Add("text", Text);
        fields.Add("value", Value);
    }
}
