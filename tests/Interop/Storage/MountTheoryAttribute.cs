using System;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A test that fills a disk: skipped, visibly, where this user may not mount one.</summary>
internal sealed class MountTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> CanMount = new(static () =>
    {
        using var folder = new TemporaryFolder();
        using var trial = SmallFileSystem.TryMount(folder.Path, 1);
        return trial is not null;
    });

    public MountTheoryAttribute(params string[] clients) => Skip = CanMount.Value
        ? Clients.SkipReason(clients)
        : "needs the right to mount a small file system";
}
