using System;
using BenchmarkDotNet.Attributes;
using Testbed.Foundation;

namespace Testbed.Tests.Benchmarks;

/// <summary>CRC-32C: GB/s are bytes divided by nanoseconds.</summary>
public class ChecksumBenchmarks
{
    private byte[] _bytes = [];

    [Params(128, 1024, 16 * 1024, 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _bytes = new byte[Bytes];
        new Random(2).NextBytes(_bytes);
    }

    [Benchmark]
    public uint Checksum() => Crc32C.Of(_bytes);
}
