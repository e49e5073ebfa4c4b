using System;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// The first <paramref name="SizeBytes"/> bytes of a lease. Whoever holds this value owns one hold on the
/// lease and releases it once.
/// </summary>
public readonly record struct LeasedBytes(Lease Lease, int SizeBytes)
{
    public Span<byte> Span => Lease.Span[..SizeBytes];

    public Memory<byte> Memory => Lease.Memory[..SizeBytes];

    public void Release() => Lease.Release();
}
