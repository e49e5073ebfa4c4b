namespace Testbed.Runner;

/// <summary>What `testbed topics` is to do.</summary>
internal enum TopicsVerb
{
    Create,
    List,
    Describe,
    Delete,
    Alter,
}
