using System.IO;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

public class TrackedFilesTests
{
    [Fact]
    public void Without_git_the_folders_are_walked_and_what_builds_write_is_left_out()
    {
        var root = Directory.CreateTempSubdirectory("testbed-fence-").FullName;
        try
        {
            string[] files =
                ["README.md", "sim/World.cs", "artifacts/bin/A.cs", "tests/node/node_modules/B.js"];
            foreach (var file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
                File.WriteAllText(Path.Combine(root, file), "\n");
            }
            Assert.Null(TrackedFiles.FromGit(root));
            Assert.Equal(["README.md", "sim/World.cs"], TrackedFiles.List(root));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void The_folders_hold_all_that_git_lists()
    {
        var listed = TrackedFiles.FromGit(Repository.Root);
        Assert.Empty((listed ?? []).Except(TrackedFiles.FromFolders(Repository.Root)));
    }
}
