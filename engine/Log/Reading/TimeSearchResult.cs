using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What a search by time has come to.</summary>
/// <param name="Status">Ok, or why the log could not be read; then nothing was found.</param>
/// <param name="Record">The record; null when there is none.</param>
public readonly record struct TimeSearchResult(IoStatus Status, TimestampedOffset? Record)
{
    public static TimeSearchResult Nothing => default;
}
