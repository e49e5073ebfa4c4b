using Testbed.Foundation;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Fetching;

/// <summary>Fetch, versions 4 to 18, for consumers.</summary>
public sealed class FetchHandler : RequestHandler<FetchRequest>, IDeadlineSink<FetchRun>
{
    private readonly NodeContext _node;
    private readonly FetchSessions _sessions;
    private readonly DeadlineQueue<FetchRun> _waiting;

    public FetchHandler(NodeContext node)
    {
        _node = node;
        _sessions = new FetchSessions(node.Settings.FetchSessionSlots, node.Shard.Random("fetch-sessions"));
        _waiting = new DeadlineQueue<FetchRun>(node.Shard, this);
    }

    public void OnDeadline(FetchRun row) => row.OnDeadline();

    /// <summary>The partition a part names, or null and the error for it.</summary>
    internal Partition? Find(FetchKey key, out ErrorCode error)
    {
        error = ErrorCode.None;
        var partition = key.TopicId.IsZero
            ? _node.Partitions.Find(key.Topic, key.Partition)
            : _node.Partitions.Find(key.TopicId, key.Partition);
        if (partition is null)
        {
            error = !key.TopicId.IsZero && _node.Image.Topic(key.TopicId) is null
                ? ErrorCode.UnknownTopicId
                : ErrorCode.UnknownTopicOrPartition;
        }
        return partition;
    }

    internal HeapHandle WaitUntil(int waitMs, FetchRun run) =>
        _waiting.Add(_node.Shard.Now.PlusMs(waitMs), run);

    internal void StopWaiting(HeapHandle deadline) => _waiting.Remove(deadline);

    protected override void Handle(Exchange exchange, FetchRequest request)
    {
        var context = _sessions.Begin(request, exchange.Version, _node.Shard.Now);
        if (context.Error != ErrorCode.None)
        {
            exchange.Respond(new FetchResponse { ErrorCode = context.Error });
            return;
        }
        new FetchRun(this, exchange, request, context, _node.Settings.FetchMaxBytes).Start();
    }
}
