using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Hands out producer ids from blocks of a thousand that are recorded before use, so that no id is given
/// twice, whatever crashes. What is left of a block when the node stops is lost.
/// </summary>
public sealed class ProducerIds(AdminContext admin) : IAdminStep
{
    private const int BlockSize = 1000;

    private readonly Queue<EngineOp<ProducerId>> _waiting = new();
    private long _next;
    private long _end;      // exclusive; _next == _end: a new block is needed
    private bool _isAsked;

    /// <summary>A new id; None when the metadata log cannot be written.</summary>
    public EngineOp<ProducerId> Next()
    {
        var answer = new EngineOp<ProducerId>(admin.Node.Shard);
        if (_next < _end)
        {
            answer.Complete(new ProducerId(_next++));
            return answer;
        }
        _waiting.Enqueue(answer);
        if (!_isAsked)
        {
            _isAsked = true;
            admin.Queue.Add(this);
        }
        return answer;
    }

    public async EngineTask Run()
    {
        var node = admin.Node;
        while (_waiting.Count > 0)
        {
            var start = node.Image.NextProducerId;
            var isRecorded = await admin.Log.Append([new ProducerIdsRecord
            {
                BrokerId = node.Settings.NodeId.Value,
                BrokerEpoch = node.Image.Broker(node.Settings.NodeId)!.Epoch,
                NextProducerId = start + BlockSize,
            }]);
            _next = isRecorded ? start : 0;
            _end = isRecorded ? start + BlockSize : 0;
            for (var count = _waiting.Count; count > 0 && (_next < _end || !isRecorded); count--)
            {
                _waiting.Dequeue().Complete(isRecorded ? new ProducerId(_next++) : ProducerId.None);
            }
        }
        _isAsked = false;
    }
}
