using System;
using System.Globalization;

namespace FsCheck.Xunit;

/// <summary>
/// What FsCheck starts from: seed and gamma of its generator and, to repeat a single case, the size of that
/// case.
/// </summary>
internal readonly record struct ReplaySeed(ulong Seed, ulong Gamma, int Size)
{
    private const int AnySize = -1;

    /// <summary>Reads "seed,gamma" or "seed,gamma,size", with or without parentheses around.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static ReplaySeed Parse(string text)
    {
        var parts = text.Trim('(', ')', ' ').Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is not (2 or 3))
        {
            throw new FormatException($"'{text}' is not seed,gamma or seed,gamma,size");
        }
        return new ReplaySeed(
            ulong.Parse(parts[0], CultureInfo.InvariantCulture),
            ulong.Parse(parts[1], CultureInfo.InvariantCulture),
            parts.Length == 3 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : AnySize);
    }

    public Config ApplyTo(Config config) => config.WithReplay(Seed, Gamma, Size);
}
