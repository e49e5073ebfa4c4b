using Xunit;
using Xunit.Sdk;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// A theory over codecs. A row whose codec's library the machine lacks is there and skipped; see
/// <see cref="MissingCodec"/>.
/// </summary>
[XunitTestCaseDiscoverer("Testbed.Tests.Engine.Compression.CodecTheoryDiscoverer", "Testbed.Tests.Engine")]
public sealed class CodecTheoryAttribute : TheoryAttribute
{
}
