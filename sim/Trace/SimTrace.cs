using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>What one incarnation tells. In the simulator somebody always listens: the trace hash.</summary>
internal sealed class SimTrace(SimShard shard) : ITrace
{
    public bool IsListening => shard.IsAlive;

    public void Emit<T>(in T happened)
        where T : struct, ITraceEvent
    {
        if (shard.MayAct())
        {
            shard.World.Trace.Fact(shard.Id.Node, in happened);
        }
    }

    public void Mark(string name)
    {
        if (shard.MayAct())
        {
            shard.World.Trace.Mark(name);
        }
    }
}
