using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>A test that needs a codec whose library a machine may lack.</summary>
public sealed class CodecFactAttribute : FactAttribute
{
    public CodecFactAttribute(CompressionCodec codec)
    {
        if (!Codecs.IsAvailable(codec))
        {
            Skip = $"the system library of {codec} is not installed";
        }
    }
}
