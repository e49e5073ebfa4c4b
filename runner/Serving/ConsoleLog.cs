using System.IO;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Net;

namespace Testbed.Runner.Serving;

/// <summary>What a person at the console wants to hear of a node: trouble, and little else.</summary>
internal sealed class ConsoleLog(TextWriter output) : ITraceListener, ITraceFields
{
    private readonly StringBuilder _line = new();

    public void OnEvent<T>(in T happened)
        where T : struct, ITraceEvent
    {
        if (!IsTrouble<T>(happened))
        {
            return;
        }
        _line.Clear();
        _line.Append("warning: ").Append(happened.Name);
        happened.Describe(this);
        output.WriteLine(_line.ToString());
    }

    public void OnMark(string name)
    {
    }

    public void Add(string name, long value) => _line.Append(' ').Append(name).Append('=').Append(value);

    public void Add(string name, string value) => _line.Append(' ').Append(name).Append('=').Append(value);

    private static bool IsTrouble<T>(T happened)
        where T : struct, ITraceEvent =>
        happened is LogWentOffline
            or AcceptingPaused
            or DiskOperationFailed
            or LogOpened { DroppedBytes: > 0 };
}
