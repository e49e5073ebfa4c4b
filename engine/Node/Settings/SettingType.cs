namespace Testbed.Node.Settings;

/// <summary>Type of a setting's value; the numbers are those of DescribeConfigs (KIP-226).</summary>
public enum SettingType
{
    Unknown = 0,
    Boolean = 1,
    String = 2,
    Int = 3,
    Short = 4,
    Long = 5,
    Double = 6,
    List = 7,
    Class = 8,
    Password = 9,
}
