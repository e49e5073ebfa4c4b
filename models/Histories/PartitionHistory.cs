using System.Collections.Generic;

namespace Testbed.Models.Histories;

/// <summary>
/// What clients saw of one partition, and what that allows: a record that was acknowledged stays where it is
/// for ever, no record appears that nobody sent or whose producer was told for certain that it is not stored,
/// and an offset never shows two records. The black-box half of the oracles, after Jepsen's tests of Kafka.
/// Each method returns the broken promise in words, or null.
/// </summary>
public sealed class PartitionHistory(string name)
{
    private readonly SortedDictionary<(long Producer, long Sequence), ulong> _sent = [];
    private readonly SortedDictionary<long, RecordIdentity> _acknowledged = [];
    private readonly List<RecordIdentity> _acknowledgedSomewhere = [];
    private readonly SortedSet<(long, long, ulong)> _failed = [];
    private readonly SortedDictionary<long, RecordIdentity> _seen = [];
    private readonly SortedSet<(long, long, ulong)> _seenRecords = [];

    /// <summary>Records whose producer was told that they are stored.</summary>
    public int AcknowledgedCount => _acknowledged.Count + _acknowledgedSomewhere.Count;

    /// <summary>Offsets that some consumer has read.</summary>
    public int SeenCount => _seen.Count;

    /// <summary>The record is on its way; from now on it may appear.</summary>
    public string? OnSent(RecordIdentity record) =>
        _sent.TryAdd((record.Producer, record.Sequence), record.Content)
            ? null
            : $"{name}: {record} was sent twice by the workload";

    /// <summary>The producer was told that the record is stored at this offset.</summary>
    public string? OnAcknowledged(long offset, RecordIdentity record)
    {
        if (_acknowledged.TryGetValue(offset, out var other))
        {
            return $"{name}: two acknowledged records have one offset: {other} and {record} at {offset}";
        }
        _acknowledged.Add(offset, record);
        return _seen.TryGetValue(offset, out var read) && read != record
            ? $"{name}: {record} was acknowledged at offset {offset}, where {read} had been read"
            : null;
    }

    /// <summary>
    /// The producer was told that the record is stored, and not where: the broker knows the batch as a
    /// duplicate whose offset it has forgotten.
    /// </summary>
    public void OnAcknowledged(RecordIdentity record) => _acknowledgedSomewhere.Add(record);

    /// <summary>The producer was told that the record is not stored, for certain.</summary>
    public string? OnFailed(RecordIdentity record)
    {
        _failed.Add(record.Key);
        return _seenRecords.Contains(record.Key)
            ? $"{name}: {record} is said not to be stored, but it has been read"
            : null;
    }

    /// <summary>A consumer has read this record at this offset.</summary>
    public string? OnRead(long offset, RecordIdentity record)
    {
        if (!_sent.TryGetValue((record.Producer, record.Sequence), out var content))
        {
            return $"{name}: {record} was read at offset {offset}, but nobody sent it";
        }
        if (content != record.Content)
        {
            return $"{name}: {record} was read at offset {offset} with other bytes than were sent";
        }
        if (_failed.Contains(record.Key))
        {
            return $"{name}: {record} was read at offset {offset}, though it is said not to be stored";
        }
        if (_acknowledged.TryGetValue(offset, out var acknowledged) && acknowledged != record)
        {
            return $"{name}: {acknowledged} was acknowledged at offset {offset}, where now {record} is read";
        }
        if (_seen.TryGetValue(offset, out var before) && before != record)
        {
            return $"{name}: offset {offset} was read as {before} and later as {record}";
        }
        _seen[offset] = record;
        _seenRecords.Add(record.Key);
        return null;
    }

    /// <summary>
    /// Everything is over and the whole partition was read: offsets from 0 without a gap, every acknowledged
    /// record in its place, none twice, none that failed, and each producer's records in the order they were
    /// sent.
    /// </summary>
    public string? OnComplete(IReadOnlyList<RecordIdentity> log) =>
        ProblemOfPlaces(log) ?? ProblemOfPresence(log) ?? ProblemOfOrder(log);

    private string? ProblemOfPlaces(IReadOnlyList<RecordIdentity> log)
    {
        foreach (var (offset, record) in _acknowledged)
        {
            if (offset >= log.Count)
            {
                return $"{name}: {record} was acknowledged at offset {offset}, "
                    + $"but the log ends at {log.Count}";
            }
            if (log[(int)offset] != record)
            {
                return $"{name}: {record} was acknowledged at offset {offset}, "
                    + $"where the log has {log[(int)offset]}";
            }
        }
        foreach (var (offset, record) in _seen)
        {
            if (offset >= log.Count || log[(int)offset] != record)
            {
                return $"{name}: {record} was read at offset {offset} and is not there any more";
            }
        }
        return null;
    }

    private string? ProblemOfPresence(IReadOnlyList<RecordIdentity> log)
    {
        var there = new SortedSet<(long, long, ulong)>();
        foreach (var record in log)
        {
            there.Add(record.Key);
        }
        foreach (var record in _acknowledgedSomewhere)
        {
            if (!there.Contains(record.Key))
            {
                return $"{name}: {record} was acknowledged and is nowhere in the log";
            }
        }
        foreach (var record in log)
        {
            if (_failed.Contains(record.Key))
            {
                return $"{name}: {record} is said not to be stored, but the log has it";
            }
        }
        return null;
    }

    private string? ProblemOfOrder(IReadOnlyList<RecordIdentity> log)
    {
        var last = new SortedDictionary<long, long>();
        foreach (var record in log)
        {
            if (last.TryGetValue(record.Producer, out var sequence) && record.Sequence <= sequence)
            {
                return record.Sequence == sequence
                    ? $"{name}: {record} is stored twice"
                    : $"{name}: {record} stands behind record {sequence} of the same producer";
            }
            last[record.Producer] = record.Sequence;
        }
        return null;
    }
}
