using System.Collections.Generic;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Runner;

/// <summary>
/// Reads Kafka's bootstrap list: host:port, several separated by commas, IPv6 addresses in brackets.
/// </summary>
public static class BootstrapServers
{
    public const string Default = "127.0.0.1:9092";

    /// <summary>The addresses, at least one; or what is wrong with the list and how to write it.</summary>
    public static bool TryParse(string text, out IReadOnlyList<NetworkAddress> addresses, out string mistake)
    {
        var read = new List<NetworkAddress>();
        addresses = read;
        mistake = "";
        foreach (var part in text.Split(','))
        {
            var colon = part.LastIndexOf(':');
            var host = colon < 0 ? part.Trim() : part[..colon].Trim();
            if (host.Length == 0)
            {
                mistake = $"'{text}' names no host: write host:port, for example {Default}";
                return false;
            }
            if (colon < 0 || part.EndsWith(']'))
            {
                mistake = $"'{part}' has no port: write {part.Trim()}:9092";
                return false;
            }
            if (!TryReadPort(part[(colon + 1)..], out var port))
            {
                mistake = $"'{part[(colon + 1)..]}' is no port: write a number from 1 to 65535";
                return false;
            }
            if (!TryReadHost(ref host))
            {
                mistake = $"'{part}' is ambiguous: write an IPv6 address in brackets, [{host}]:{port}";
                return false;
            }
            read.Add(new NetworkAddress(host, port));
        }
        return true;
    }

    private static bool TryReadPort(string text, out int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port is >= 1 and <= ushort.MaxValue;

    private static bool TryReadHost(ref string host)
    {
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            return host.Length > 0;
        }
        return !host.Contains(':');
    }
}
