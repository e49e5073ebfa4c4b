using System.Text;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Writes one line per event in fixed columns: virtual time in seconds, node, name, then the fields as
/// name=value.
/// </summary>
/// <example><c>     12.345678  n3     high-watermark-moved          offset=12</c></example>
internal sealed class TraceLine : ITraceFields
{
    private const int TimeWidth = 14;
    private const int NodeWidth = 6;
    private const int NameWidth = 28;

    private readonly StringBuilder _line = new();

    public void Begin(Instant time, NodeId node, string name)
    {
        _line.Clear();
        _line.Append(time.ToString().PadLeft(TimeWidth)).Append("  ");
        _line.Append((node == NodeId.None ? "world" : $"n{node}").PadRight(NodeWidth)).Append(' ');
        _line.Append(name.PadRight(NameWidth));
    }

    public void Add(string name, long value) => _line.Append(' ').Append(name).Append('=').Append(value);

    public void Add(string name, string value) => _line.Append(' ').Append(name).Append('=').Append(value);

    public string End() => _line.ToString().TrimEnd();
}
