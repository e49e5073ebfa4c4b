using Testbed.Foundation;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// A topic was given a setting of Kafka's that this broker keeps and describes, and does not follow yet.
/// </summary>
public readonly record struct SettingWithoutEffect(string Topic, string Setting) : ITraceEvent
{
    public string Name => "setting-without-effect";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Topic);
        fields.Add("setting", Setting);
    }
}
