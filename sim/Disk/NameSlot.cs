namespace Testbed.Sim;

/// <summary>
/// A name in a directory and what it is to mean: nothing, when <paramref name="Node"/> is null.
/// </summary>
internal readonly record struct NameSlot(DirectoryNode Directory, string Name, DiskNode? Node)
{
    public (long DirectoryId, string Name) Key => (Directory.Id, Name);

    public void PutInto(System.Collections.Generic.SortedDictionary<string, DiskNode> names)
    {
        if (Node is null)
        {
            names.Remove(Name);
        }
        else
        {
            names[Name] = Node;
        }
    }
}
