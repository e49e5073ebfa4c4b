namespace Testbed.Client;

/// <summary>
/// Which of a broker's connections a request takes. A broker answers in order, so a request that may wait
/// there would hold up all others.
/// </summary>
public enum ConnectionLane
{
    /// <summary>Requests that are answered as soon as they are served.</summary>
    Prompt,

    /// <summary>Requests that wait at the broker for something to happen.</summary>
    LongPoll,
}
