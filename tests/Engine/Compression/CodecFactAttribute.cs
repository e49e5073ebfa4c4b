using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// A test that needs a codec whose library a machine may lack; see <see cref="MissingCodec"/>.
/// </summary>
public sealed class CodecFactAttribute : FactAttribute
{
    public CodecFactAttribute(CompressionCodec codec) => Skip = MissingCodec.ReasonToSkip(codec);
}
