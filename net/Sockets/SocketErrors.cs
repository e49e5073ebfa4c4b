using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>The system's socket errors in the engine's words.</summary>
internal static class SocketErrors
{
    public static ListenStatus ListenStatusOf(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => ListenStatus.AddressInUse,
        SocketError.AccessDenied => ListenStatus.PermissionDenied,
        _ => ListenStatus.AddressUnavailable,
    };

    /// <summary>What became of a connect that was under way.</summary>
    public static SocketError PendingOn(Socket socket) =>
        (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;

    /// <summary>Why an attempt to connect failed.</summary>
    public static CloseReason ConnectFailureOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => CloseReason.Refused,
        SocketError.TimedOut => CloseReason.Timeout,
        _ => CloseReason.Unreachable,
    };

    /// <summary>
    /// The connection at the head of the line was gone again, or there was none; the listener is well.
    /// </summary>
    public static bool IsPassingAcceptError(SocketError error) =>
        error is SocketError.WouldBlock
            or SocketError.ConnectionAborted
            or SocketError.ConnectionReset
            or SocketError.Interrupted;
}
