using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>Keeps the texts of all notes, and where and when they were made.</summary>
internal sealed class Recorder : IOracle
{
    public List<(NodeId Node, Instant Time, Noted Note)> Notes { get; } = [];

    public List<ITraceEvent> All { get; } = [];

    public List<string> Texts => Notes.ConvertAll(entry => entry.Note.Text);

    public void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
    {
        All.Add(happened);
        if (happened is Noted note)
        {
            Notes.Add((node, time, note));
        }
    }
}
