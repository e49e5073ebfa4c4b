using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>Every room has a page at its door.</summary>
public class RoomPagesTests
{
    public static TheoryData<string> Folders => [.. Room.All.Select(room => room.Folder).Append("tests")];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_room_has_a_readme(string folder) =>
        Assert.True(TrackedFiles.All.Contains(folder + "/README.md"), $"{folder} has no README.md");
}
