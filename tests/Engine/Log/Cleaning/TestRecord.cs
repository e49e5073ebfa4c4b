namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>A record as a reader of the log sees it; bytes are text of one letter a byte.</summary>
internal sealed record TestRecord(long Offset, long TimeMs, string? Key, string? Value, string Headers)
{
    public override string ToString() => $"{Offset}@{TimeMs} {Key ?? "-"}={Value ?? "-"}{Headers}";
}
