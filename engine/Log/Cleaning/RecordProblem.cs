using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>Words for what keeps compaction from reading the records of a batch.</summary>
internal static class RecordProblem
{
    public const string OfOffsets = "has records whose offsets do not ascend within it";

    public static string Of(RecordFault fault) => $"has a malformed record: {fault}";

    public static CleanFailure FailureOf(DecompressStatus status) => CleanFailure.Of(
        status == DecompressStatus.Corrupt ? CleanStatus.Damaged : CleanStatus.Uncleanable, Of(status));

    public static string Of(DecompressStatus status) => status switch
    {
        DecompressStatus.Corrupt => "has compressed records that are damaged",
        DecompressStatus.TooLarge =>
            $"has records that unpack to more than {Limits.UncompressedMaxBytes} bytes",
        DecompressStatus.Unavailable => "has a codec that is not installed here",
        _ => throw new InvariantException($"{status} is no problem"),
    };
}
