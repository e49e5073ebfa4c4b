namespace Testbed.Log;

/// <summary>
/// Whether compaction keeps a batch. Aborted data goes at once (KIP-98). A transaction marker stays while a
/// record of its transaction is there, then until its delete horizon is over and all replicas have passed it
/// (KIP-534, KAFKA-14055): it is never compared by key with other markers. Control records of other kinds
/// stay.
/// </summary>
/// <remarks>
/// The last batch of a live producer stays, emptied if need be, so that a replay of the log comes to the same
/// sequences and epochs (KAFKA-5490). The last batch of a segment stays too: the segment then ends where the
/// ones it replaces did, which tells an interrupted replacement what it was to replace.
/// </remarks>
public static class BatchRetention
{
    public static BatchKeeping Of(in CleanedBatch batch, in RemovalRule rule) => new(
        KeepsRecords: !batch.IsSettled
            || (batch.IsControl && !rule.MayRemove(batch.Last, batch.DeleteHorizonMs)),
        KeepsHeader: batch.IsLastOfProducer || batch.IsLastOfGroup,
        StartsHorizon: batch is { IsControl: true, IsSettled: true, DeleteHorizonMs: null });
}
