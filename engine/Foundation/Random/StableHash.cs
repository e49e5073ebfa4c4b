using System;

namespace Testbed.Foundation;

/// <summary>
/// 64-bit hashes that are the same in every process and on every machine (FNV-1a with a final mix). For keys
/// of random streams and trace hashes, not against an adversary.
/// </summary>
public static class StableHash
{
    public const ulong Seed = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static ulong Of(string text) => Finish(Add(Seed, text));

    public static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }
        return unchecked((hash ^ (ulong)text.Length) * Prime);
    }

    public static ulong Add(ulong hash, long value)
    {
        hash = unchecked((hash ^ (ulong)value) * Prime);
        return hash ^ (hash >> 29);
    }

    /// <summary>Spreads the last inputs over all bits (the finalizer of splitmix64).</summary>
    public static ulong Finish(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
            return hash ^ (hash >> 31);
        }
    }
}
