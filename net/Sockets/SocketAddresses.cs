using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Testbed.Net;

/// <summary>From host names to addresses, and from addresses to sockets.</summary>
internal static class SocketAddresses
{
    /// <summary>
    /// Every interface in both families for "" (IPv4 alone where there is no IPv6), the IPv4 loopback for
    /// "localhost", the address itself for a numeric one, and the first address of any other name, IPv4
    /// preferred. SocketException for a name nobody knows.
    /// </summary>
    public static IPAddress ToListenAt(string host)
    {
        if (host.Length == 0)
        {
            return Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        }
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }
        return IPAddress.TryParse(host, out var numeric) ? numeric : FirstOf(LookUp(host));
    }

    /// <summary>The addresses of a name, found on another thread; none for a name nobody knows.</summary>
    public static async Task<IPAddress[]> LookUpAsync(string host)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>
    /// A non-blocking socket on its way to the address: writable once it is connected or has failed. Null,
    /// with the error, when it failed on the spot.
    /// </summary>
    public static SocketError BeginConnect(IPAddress address, int port, out Socket? connecting)
    {
        connecting = null;
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Blocking = false;
            socket.Connect(new IPEndPoint(address, port));
        }
        catch (SocketException error)
            when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The usual case: the handshake takes its time.
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            return error.SocketErrorCode;
        }
        connecting = socket;
        return SocketError.Success;
    }

    private static IPAddress[] LookUp(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (ArgumentException)
        {
            return [];    // longer than any host name
        }
    }

    private static IPAddress FirstOf(IPAddress[] addresses)
    {
        foreach (var address in addresses)
        {
            if (address.AddressFamily == AddressFamily.InterNetwork)
            {
                return address;
            }
        }
        return addresses.Length > 0 ? addresses[0] : throw new SocketException((int)SocketError.HostNotFound);
    }
}
