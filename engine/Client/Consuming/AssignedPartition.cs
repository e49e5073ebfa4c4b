using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// One partition that a consumer reads: where it is, and what has been fetched and not given out.
/// </summary>
internal sealed class AssignedPartition(TopicPartition id, Offset position, Backoff backoff)
{
    public TopicPartition Id => id;

    /// <summary>The offset to be read next.</summary>
    public Offset Position { get; set; } = position;

    /// <summary>Fetched and not decoded yet; null when something can be fetched.</summary>
    public FetchedBytes? Fetched { get; private set; }

    /// <summary>An error for the caller.</summary>
    public ErrorCode Error { get; private set; }

    /// <summary>The error has been given out: the partition rests until it is sought.</summary>
    public bool IsResting { get; private set; }

    /// <summary>Goes up with every seek: a fetch asked for before says nothing any more.</summary>
    public int Version { get; private set; }

    public bool IsInFlight { get; set; }

    /// <summary>Nothing is fetched before: the pause after a failure.</summary>
    public Instant RetryAt { get; private set; }

    public bool HasSomething => Fetched is not null || Error != ErrorCode.None;

    public bool WantsFetch(Instant now) => !HasSomething && !IsResting && !IsInFlight && now >= RetryAt;

    public void Seek(Offset to)
    {
        Position = to;
        Fetched = null;
        Error = ErrorCode.None;
        IsResting = false;
        Version++;
    }

    public void OnFetched(FetchedBytes fetched)
    {
        backoff.Reset();
        Fetched = fetched.IsEmpty ? null : fetched;
    }

    public void OnEmptied() => Fetched = null;

    public void OnFailed(ErrorCode error)
    {
        Fetched = null;
        Error = error;
    }

    /// <summary>Fetching failed in a way that may pass.</summary>
    public void OnRetry(Instant now) => RetryAt = now.PlusMs(backoff.NextMs());

    public ErrorCode TakeError()
    {
        var error = Error;
        Error = ErrorCode.None;
        IsResting = true;
        return error;
    }
}
