using System;
using System.Linq;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>The codecs that work on this machine, as rows of a theory.</summary>
public static class InstalledCodecs
{
    public static TheoryData<CompressionCodec> All =>
        new(Enum.GetValues<CompressionCodec>().Where(Codecs.IsAvailable));

    public static TheoryData<CompressionCodec> Packing =>
        new(Enum.GetValues<CompressionCodec>().Skip(1).Where(Codecs.IsAvailable));    // None is the first
}
