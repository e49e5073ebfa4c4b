using System;
using Testbed.Compression;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// What to do about a codec whose system library is not installed: skip its tests on somebody's machine, and
/// run them all the same where the environment variable CI is true, so that they fail.
/// </summary>
internal static class MissingCodec
{
    private static readonly bool IsCi =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static string? ReasonToSkip(CompressionCodec codec) =>
        ReasonToSkip(codec, Codecs.IsAvailable(codec), IsCi);

    public static string? ReasonToSkip(CompressionCodec codec, bool isInstalled, bool isCi) =>
        isInstalled || isCi ? null : $"the system library of {codec} is not installed";
}
