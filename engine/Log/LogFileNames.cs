using System;
using System.Collections.Immutable;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Kafka's names of the files in a partition's directory.</summary>
public static class LogFileNames
{
    public const string SegmentSuffix = ".log";
    public const string OffsetIndexSuffix = ".index";
    public const string TimeIndexSuffix = ".timeindex";
    public const string AbortedIndexSuffix = ".txnindex";
    public const string SnapshotSuffix = ".snapshot";

    /// <summary>Behind the name of a file that is no longer part of the log.</summary>
    public const string DeletedSuffix = ".deleted";

    private const int OffsetDigits = 20;

    /// <summary>Of the files that are made anew from the segment when they are lost.</summary>
    public static ImmutableArray<string> IndexSuffixes { get; } =
        [OffsetIndexSuffix, TimeIndexSuffix, AbortedIndexSuffix];

    /// <summary>The offset in 20 digits, then the suffix.</summary>
    public static string Segment(Offset baseOffset) => OfSegment(baseOffset, SegmentSuffix);

    /// <summary>A file that belongs to the segment beginning at this offset, or a snapshot of it.</summary>
    public static string OfSegment(Offset baseOffset, string suffix) =>
        baseOffset.Value.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    /// <summary>Reads a segment's name. False for any other file.</summary>
    public static bool TryParseSegment(string name, out Offset baseOffset) =>
        TryParse(name, SegmentSuffix, out baseOffset);

    /// <summary>Reads a name made of an offset and this suffix. False for any other file.</summary>
    public static bool TryParse(string name, string suffix, out Offset offset)
    {
        offset = default;
        if (name.Length != OffsetDigits + suffix.Length || !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            return false;
        }
        var digits = name.AsSpan(0, OffsetDigits);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }
        offset = new Offset(value);
        return true;
    }
}
