using System;
using Testbed.Foundation;

namespace Testbed.Node.Settings;

/// <summary>One entry of `listeners` or `advertised.listeners`: NAME://host:port.</summary>
public sealed record Listener(string Name, NetworkAddress Address)
{
    /// <summary>Reads one entry; null when it has another form. IPv6 addresses stand in brackets.</summary>
    public static Listener? TryParse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (scheme <= 0 || colon < scheme + 3 || !ushort.TryParse(text.AsSpan(colon + 1), out var port))
        {
            return null;
        }
        var host = text[(scheme + 3)..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        return new Listener(text[..scheme].ToUpperInvariant(), new NetworkAddress(host, port));
    }

    public override string ToString() => $"{Name}://{Address}";
}
