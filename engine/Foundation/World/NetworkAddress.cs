namespace Testbed.Foundation;

/// <summary>A host name or numeric address, and a port. An empty host listens on every interface.</summary>
public readonly record struct NetworkAddress(string Host, int Port)
{
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
