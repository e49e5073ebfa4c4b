using System;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Skips where this user may not mount a file system.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !CanMount())
        {
            Skip = "needs the right to mount a small file system";
        }
    }

    private static bool CanMount()
    {
        try
        {
            using var trial = new SmallFileSystem();
            return true;
        }
        catch (InvariantException)
        {
            return false;
        }
    }
}
