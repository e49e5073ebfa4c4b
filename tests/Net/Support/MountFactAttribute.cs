using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Skips where this user may not mount a file system.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = SmallFileSystem.Problem;
}
