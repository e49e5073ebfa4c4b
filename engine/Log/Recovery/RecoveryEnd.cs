using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Brings what belongs to a log into line with the batches that were found, and makes them durable.
/// </summary>
internal sealed class RecoveryEnd(LogStore store, LogState state, LogSettings settings)
{
    /// <summary>Null when the log can be used; otherwise the reason for people.</summary>
    public async EngineTask<string?> Run(LogOpening opening)
    {
        if (state.EndOffset < opening.RecoveryPoint)
        {
            return $"directory {store.Directory} in {store.Disk.Name} ends at offset {state.EndOffset}, "
                + $"although all below {opening.RecoveryPoint} was on the disk";
        }
        state.StartOffset = Offset.Min(Offset.Max(state.StartOffset, opening.StartOffset), state.EndOffset);
        state.RecoveryPoint = opening.IsClean ? state.EndOffset : opening.RecoveryPoint;
        // An epoch that was won at the end, without appending, stays.
        state.Epochs.TruncateFromEnd(state.EndOffset + 1);
        state.Epochs.TruncateFromStart(state.StartOffset);
        if (await store.Snapshots.DeleteAbove(state.EndOffset) != IoStatus.Ok)
        {
            return $"directory {store.Directory} in {store.Disk.Name} has a snapshot beyond its end "
                + "that cannot be deleted";
        }
        if (!store.HasActive)
        {
            return null;
        }
        await store.DeleteStraySnapshots(Offset.Zero, store.Active.BaseOffset);
        return await MakeDurable(opening);
    }

    /// <summary>
    /// A process that was killed may have left the newest segment's name, and bytes in it, that no power cut
    /// would have spared. All other segments were synced before the next one was made. A truncation
    /// that it was killed in may have cut the newest one and not synced that: it had lowered the recovery
    /// point first.
    /// </summary>
    private async EngineTask<string?> MakeDurable(LogOpening opening)
    {
        var named = await store.Disk.SyncDirectory(store.Directory);
        if (!named.IsOk)
        {
            return $"directory {store.Directory} in {store.Disk.Name} cannot be synced";
        }
        var mayBeCut = !opening.IsClean && opening.RecoveryPoint <= store.Active.BaseOffset;
        if (!settings.SyncBeforeAcknowledge && !mayBeCut)
        {
            return null;
        }
        var file = store.Active.File!;
        var synced = await store.Disk.Sync(file);
        return synced.IsOk ? null : $"file {file.Path} in {store.Disk.Name} cannot be synced";
    }
}
