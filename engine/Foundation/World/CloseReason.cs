namespace Testbed.Foundation;

/// <summary>Why a connection ended or could not be made.</summary>
public enum CloseReason
{
    /// <summary>This side closed it.</summary>
    Local,

    /// <summary>The other side closed it after sending all it had.</summary>
    Remote,

    /// <summary>The connection broke: reset by the other side or lost on the way.</summary>
    Reset,

    /// <summary>Nobody listens at the address.</summary>
    Refused,

    /// <summary>The host name is unknown or no route leads there.</summary>
    Unreachable,

    /// <summary>The deadline passed first.</summary>
    Timeout,

    /// <summary>The peer sent bytes that are no message; this side closed it.</summary>
    Malformed,
}
