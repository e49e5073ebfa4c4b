using System;
using System.IO;

namespace Testbed.Tests.Fence;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Full path of the folder that holds Testbed.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Testbed.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("no Testbed.sln above " + AppContext.BaseDirectory);
    }
}
