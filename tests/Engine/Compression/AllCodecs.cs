using System;
using System.Linq;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// All codecs, as rows of a <see cref="CodecTheoryAttribute"/>: one whose library a machine lacks is a row
/// that is skipped where everybody sees it, never one that is missing.
/// </summary>
public static class AllCodecs
{
    public static TheoryData<CompressionCodec> All => new(Enum.GetValues<CompressionCodec>());

    /// <summary>Those that change the bytes.</summary>
    public static TheoryData<CompressionCodec> Packing =>
        new(Enum.GetValues<CompressionCodec>().Skip(1));    // None is the first
}
