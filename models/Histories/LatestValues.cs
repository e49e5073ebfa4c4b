using System.Collections.Generic;

namespace Testbed.Models.Histories;

/// <summary>
/// What clients may see of a compacted partition whose keys have one writer each, which numbers the values of
/// a key upwards: the last value of a key that was acknowledged is there or a later one, a key that was
/// deleted last is gone or shows its deletion, and values of a key come in the order they were sent. Each
/// method returns the broken promise in words, or null.
/// </summary>
public sealed class LatestValues(string name)
{
    // By key: the numbers of its values, and whether each is a deletion.
    private readonly SortedDictionary<long, SortedDictionary<long, bool>> _sent = [];
    private readonly SortedDictionary<long, long> _acknowledged = [];
    private readonly SortedDictionary<long, long> _read = [];

    /// <summary>Keys of which some value was acknowledged.</summary>
    public int KeyCount => _acknowledged.Count;

    /// <summary>A value, or with <paramref name="isDeletion"/> a tombstone, is on its way.</summary>
    public void OnSent(long key, long number, bool isDeletion)
    {
        if (!_sent.TryGetValue(key, out var values))
        {
            values = [];
            _sent.Add(key, values);
        }
        values.Add(number, isDeletion);
    }

    public void OnAcknowledged(long key, long number)
    {
        if (!_acknowledged.TryGetValue(key, out var known) || known < number)
        {
            _acknowledged[key] = number;
        }
    }

    /// <summary>A reader from the beginning has come upon a value or a tombstone.</summary>
    public string? OnRead(long key, long number)
    {
        if (!_sent.TryGetValue(key, out var values) || !values.ContainsKey(number))
        {
            return $"{name}: value {number} of key {key} was read, which nobody sent";
        }
        if (_read.TryGetValue(key, out var before) && before >= number)
        {
            return $"{name}: value {number} of key {key} was read after value {before}";
        }
        _read[key] = number;
        return null;
    }

    /// <summary>The reader has come to the end.</summary>
    public string? OnComplete()
    {
        foreach (var (key, number) in _acknowledged)
        {
            var isThere = _read.TryGetValue(key, out var read);
            if (isThere ? read < number : !IsDeletedFrom(key, number))
            {
                var found = isThere ? $"value {read}" : "nothing";
                return $"{name}: value {number} of key {key} was acknowledged, and {found} is left of it";
            }
        }
        return null;
    }

    private bool IsDeletedFrom(long key, long number)
    {
        foreach (var (sent, isDeletion) in _sent[key])
        {
            if (sent >= number && isDeletion)
            {
                return true;
            }
        }
        return false;
    }
}
