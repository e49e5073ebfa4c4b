using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A test that fills a disk: skipped, visibly, where this user may not mount one.</summary>
internal sealed class MountTheoryAttribute : TheoryAttribute
{
    public MountTheoryAttribute(params string[] clients) =>
        Skip = SmallFileSystem.Problem ?? Clients.SkipReason(clients);
}
