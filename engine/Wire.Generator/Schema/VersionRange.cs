using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>Versions from <see cref="Low"/> to <see cref="High"/>, both included; `5+` has no end.</summary>
internal readonly struct VersionRange(int low, int high)
{
    public const int NoEnd = short.MaxValue;

    public int Low { get; } = low;

    public int High { get; } = high;

    public bool IsEmpty => High < Low;

    public static VersionRange Empty => new(0, -1);

    public bool Covers(VersionRange other) => other.IsEmpty || (Low <= other.Low && other.High <= High);

    public bool Has(int version) => Low <= version && version <= High;

    public VersionRange And(VersionRange other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    /// <summary>Reads `3`, `3-7` or `3+`.</summary>
    public static bool TryParse(string text, out VersionRange range)
    {
        range = Empty;
        if (text.EndsWith("+", StringComparison.Ordinal))
        {
            return TryBuild(text.Substring(0, text.Length - 1), null, out range);
        }
        var dash = text.IndexOf('-');
        return dash < 0
            ? TryBuild(text, text, out range)
            : TryBuild(text.Substring(0, dash), text.Substring(dash + 1), out range);
    }

    private static bool TryBuild(string low, string? high, out VersionRange range)
    {
        range = Empty;
        var upper = NoEnd;
        if (!TryNumber(low, out var lower) || (high is not null && !TryNumber(high, out upper)))
        {
            return false;
        }
        range = new VersionRange(lower, upper);
        return !range.IsEmpty;
    }

    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 4)
        {
            return false;
        }
        foreach (var digit in text)
        {
            if (digit is < '0' or > '9')
            {
                return false;
            }
            number = (number * 10) + (digit - '0');
        }
        return true;
    }
}
