using System;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Kafka's names of the files in a partition's directory.</summary>
public static class LogFileNames
{
    public const string SegmentSuffix = ".log";
    private const int OffsetDigits = 20;

    /// <summary>The offset in 20 digits, then the suffix.</summary>
    public static string Segment(Offset baseOffset) =>
        baseOffset.Value.ToString("D20", CultureInfo.InvariantCulture) + SegmentSuffix;

    /// <summary>Reads a segment's name. False for any other file.</summary>
    public static bool TryParseSegment(string name, out Offset baseOffset)
    {
        baseOffset = default;
        if (name.Length != OffsetDigits + SegmentSuffix.Length
            || !name.EndsWith(SegmentSuffix, StringComparison.Ordinal))
        {
            return false;
        }
        var digits = name.AsSpan(0, OffsetDigits);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }
        baseOffset = new Offset(offset);
        return true;
    }
}
