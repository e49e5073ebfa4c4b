using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Testbed.Foundation;

/// <summary>
/// A stream of pseudo-random numbers: xoshiro256** (Blackman and Vigna 2018) seeded by splitmix64. One stream
/// per named use: what one user draws never moves another's numbers, so a fault can be taken out of a
/// simulated run without re-rolling the rest. Integers only; not for secrets.
/// </summary>
public sealed class Prng
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public Prng(ulong seed)
    {
        var state = seed;
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>
    /// The stream for <paramref name="use"/> on <paramref name="node"/> under <paramref name="seed"/>.
    /// </summary>
    public static Prng ForUse(ulong seed, NodeId node, string use) =>
        new(StableHash.Finish(
            StableHash.Add(
                StableHash.Add(StableHash.Add(StableHash.Seed, unchecked((long)seed)), node.Value),
                use)));

    public ulong Next()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            var t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>A number from 0 up to, not including, <paramref name="end"/> (which is at least 1).</summary>
    public long Below(long end)
    {
        Invariant.Assert(end >= 1);
        return (long)Math.BigMul(Next(), (ulong)end, out _);
    }

    public int Below(int end) => (int)Below((long)end);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public long Between(long first, long last)
    {
        Invariant.Assert(first <= last);
        return first + Below(last - first + 1);
    }

    /// <summary>True <paramref name="times"/> times out of <paramref name="outOf"/>.</summary>
    public bool Chance(int times, int outOf) => Below(outOf) < times;

    /// <summary>
    /// A random id of version 4 shape (RFC 9562) that is not one of Kafka's reserved first hundred.
    /// </summary>
    public Uuid NextUuid()
    {
        var high = (Next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return new Uuid(high, low);
    }

    public void Fill(Span<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
            bytes = bytes[sizeof(ulong)..];
        }
        if (bytes.Length > 0)
        {
            Span<byte> last = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(last, Next());
            last[..bytes.Length].CopyTo(bytes);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        return StableHash.Finish(state);
    }
}
