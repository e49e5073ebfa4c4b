namespace Testbed.Foundation;

/// <summary>Waiting for time to pass, in a workflow.</summary>
public static class ShardWaiting
{
    /// <summary>Completes <paramref name="ms"/> milliseconds from now.</summary>
    public static EngineOp<bool> Delay(this IShard shard, long ms)
    {
        var rung = new EngineOp<bool>(shard);
        shard.SetTimer(shard.Now.PlusMs(ms), new Alarm(rung), 0);
        return rung;
    }

    private sealed class Alarm(EngineOp<bool> rung) : IWork
    {
        public void Run(long token) => rung.Complete(true);
    }
}
